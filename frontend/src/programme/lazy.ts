import { lazy } from "react";
import { bringArea } from "../words/i18n";

/** Where a programme is, brought with its words where a page shows it. */
export const Standing = lazy(async () => (await Promise.all([import("./Standing"), bringArea("life")]))[0]);
