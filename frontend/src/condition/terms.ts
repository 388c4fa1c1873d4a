/** A condition while it is being written. */
export type Written = { text: string; organisation: string; due: string; due_on: string; blocking: boolean };

/** The body of each for the API: what is empty is left out. */
export const termsBody = (list: Written[]) =>
  list.map(({ text, organisation, due, due_on, blocking }) => ({
    text,
    due,
    blocking,
    ...(organisation ? { organisation } : {}),
    ...(due === "day" && due_on ? { due_on } : {}),
  }));
