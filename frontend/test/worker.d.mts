type Chunk = { file: string; css?: string[]; imports?: string[]; dynamicImports?: string[] };
export type Built = { version: string; entry: string; files: string[]; words: Record<string, string[]> };
export function precached(manifest: Record<string, Chunk>, languages: string[]): Built;
export function worker(source: string, built: Built): string;
