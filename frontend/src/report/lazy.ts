import { lazy } from "react";
import { bringArea } from "../words/i18n";

/** What a programme reports, brought with its words where a page shows it. */
export const Reports = lazy(async () => (await Promise.all([import("./ReportsSection"), bringArea("report")]))[0]);

/** How far what was promised after its evaluation is, brought alike. */
export const Outcome = lazy(async () => (await Promise.all([import("./Outcome"), bringArea("report")]))[0]);
