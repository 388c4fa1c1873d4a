/** What the server wrote into the page about the fund, so that the first screen needs no request for it. */
export type Fund = {
  /** By language. */
  names: Record<string, string>;
  /** Invented: every page says so. */
  example: boolean;
  /** In which its days begin and its deadlines fall. */
  zone: string;
  /** What makes PDFs is set up. */
  prints: boolean;
};

function read(): Fund {
  const text = document.querySelector<HTMLMetaElement>('meta[name="fund"]')?.content;
  const none: Fund = { names: { en: "Start-up Fund for Migration" }, example: false, zone: "UTC", prints: false };
  return text ? { ...none, ...(JSON.parse(text) as Partial<Fund>) } : none;
}

export const fund = read();
export const fundName = (language: string) => fund.names[language] ?? fund.names.en ?? "";
