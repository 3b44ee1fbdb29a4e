/** Identity of a lookup edge: `store→region via stores`. */
export function lookupEdgeId(child: string, parent: string, via: string): string {
  return `${child}→${parent} via ${via}`;
}

/** Identity of a calendar edge: `day→month`. */
export function calendarEdgeId(child: string, parent: string): string {
  return `${child}→${parent}`;
}

/** Identity of a bridge: `product↔promotion via product_promotions`. */
export function bridgeId(child: string, parent: string, via: string): string {
  return `${child}↔${parent} via ${via}`;
}

/** What an edge id names, for words shown to people; names that hold an arrow read wrongly, nothing more. */
export function edgeEnds(id: string): { readonly child: string; readonly parent: string; readonly via: string | null } {
  const match = /^(.*?)→(.*?)(?: via (.*))?$/.exec(id);
  return { child: match?.[1] ?? id, parent: match?.[2] ?? '', via: match?.[3] ?? null };
}
