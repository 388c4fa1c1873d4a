/** Where the next page begins, as a Link header says it; nothing on the last one. */
export function nextOf(link: string | null): string | undefined {
  const found = /<([^>]*)>;\s*rel="?next"?/.exec(link ?? "");
  return found ? (new URL(found[1]!, "http://fund").searchParams.get("after") ?? undefined) : undefined;
}
