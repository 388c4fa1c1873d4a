export const root: string;
export const languages: string[];
export function parse(text: string): Record<string, string>;
export function compiled(ids: Record<string, string>, file?: string): Record<string, unknown>;
export function compile(text: string, file: string): string;
export function catalogues(): { language: string; area: string; ids: Record<string, string> }[];
export function faults(): string[];
