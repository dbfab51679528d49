declare const VALET_SIM_VERSION: string | undefined;

/** The package's version, put in by the build; sources that run unbundled (tests) are called "development". */
export const version = typeof VALET_SIM_VERSION === 'string' ? VALET_SIM_VERSION : 'development';
