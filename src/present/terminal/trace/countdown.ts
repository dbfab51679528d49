/** What is left of a life, as a clock shows it, never rounded up: "14:59.9", "6:23:59:59"; "-1:00.0" when it is over. */
export function countdown(seconds: number): string {
  const isOver = seconds < 0;
  // A tenth that arithmetic has missed by a hair is still a tenth.
  const tenths = isOver ? Math.ceil(-10 * seconds - 1e-6) : Math.floor(10 * seconds + 1e-6);
  const whole = Math.floor(tenths / 10);
  const parts = [Math.floor(whole / 86_400), Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60];
  const first = Math.max(0, parts.findIndex(part => part > 0) < 0 ? 2 : parts.findIndex(part => part > 0));
  const rest = `${String(whole % 60).padStart(2, '0')}.${tenths % 10}`;
  const head = parts.slice(first).map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0')));
  return `${isOver ? '-' : ''}${[...head, rest].join(':')}`;
}
