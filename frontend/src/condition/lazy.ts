import { lazy } from "react";
import { bringArea } from "../words/i18n";

const words = bringArea.bind(null, "condition");

/** What decisions ask of a programme, brought with its words where a page shows it. */
export const Conditions = lazy(async () => (await Promise.all([import("./Conditions"), words()]))[0]);
/** The conditions that a question or a decision names. */
export const Asked = lazy(() => import("./Asked"));
/** Where the secretariat writes them. */
export const Setting = lazy(async () => (await Promise.all([import("./Setting"), words()]))[0]);
