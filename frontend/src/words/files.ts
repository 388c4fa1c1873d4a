import type { Messages } from "./sentence";

/** Every catalogue by its name here, "./en/common.po"; brought apart from the shell, since it grows with the pages. */
export const files = import.meta.glob<{ messages: Messages }>("./*/*.po");
