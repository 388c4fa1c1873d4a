import type { Messages } from "../sentence";

/** This language's catalogues by their names here, "./common.po"; brought apart from the shell, since they grow with the pages. */
export const files = import.meta.glob<{ messages: Messages }>("./*.po");
