/** Numbers as a scenario writes them: without exponents, and no more digits than mean something. */

export const size = (bytes: number): string => `${Math.round(bytes)}B`;

/** Whole microseconds. */
export function time(micros: number): string {
  return `${(Math.round(micros) / 1000).toFixed(3).replace(/\.?0+$/, '')}ms`;
}

/** Bytes per second as bits per second, to three digits. */
export function rate(bytesPerSecond: number): string {
  const bits = Math.max(1, Number((8 * bytesPerSecond).toPrecision(3)));
  if (bits >= 1e9) return `${bits / 1e9}Gbps`;
  if (bits >= 1e6) return `${bits / 1e6}Mbps`;
  return bits >= 1e3 ? `${bits / 1e3}kbps` : `${Math.round(bits)}bps`;
}

/** Values of a distribution in which each is as likely as the others: one value, or a choice in lines of five. */
export function evenly(values: readonly string[], indent: string): string {
  const runs: { value: string; weight: number }[] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last?.value === value) last.weight += 1;
    else runs.push({ value, weight: 1 });
  }
  if (runs.length === 1) return runs[0]!.value;
  const items = runs.map(
    ({ value, weight }) => `{ value: ${value}${weight === 1 ? '' : `, weight: ${weight}`} }`,
  );
  const lines = Array.from({ length: Math.ceil(items.length / 5) }, (_, i) =>
    items.slice(5 * i, 5 * i + 5).join(', '),
  );
  return `{ choice: [\n${lines.map(line => `${indent}  ${line}`).join(',\n')} ] }`;
}
