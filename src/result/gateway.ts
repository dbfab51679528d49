/** What stood before the servers. Null: unlimited, or of `profile` none. */
export interface GatewayResult {
  readonly profile: string | null;
  readonly maxBody: number | null;
  readonly timeout: number | null;
  readonly idle: number | null;
  readonly buffers: boolean;
}
