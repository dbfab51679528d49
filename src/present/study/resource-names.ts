/** Resources by their path in a result, as people call them. */
const names: Readonly<Record<string, string>> = {
  'server.threads': 'threads',
  'server.memory': 'memory',
  'server.cpu': 'CPU cores',
  'server.networkIn': 'network in',
  'server.networkOut': 'network out',
  'server.disk': 'disk',
  'server.diskSpace': 'disk space',
  'server.upstream': 'connections to storage',
  'storage.networkIn': 'storage in',
  'storage.networkOut': 'storage out',
  'storage.requestRate': "storage's request rate",
};

export function named(resource: string): string {
  return names[resource] ?? resource;
}
