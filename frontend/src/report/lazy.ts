import { lazy } from "react";
import { bringArea } from "../words/i18n";

/** What a programme reports, brought with its words where a page shows it. */
export const Reports = lazy(async () => (await Promise.all([import("./ReportsSection"), bringArea("report")]))[0]);
