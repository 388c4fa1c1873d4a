import { lazy } from "react";
import { bringArea } from "../words/i18n";

/** What waits for money, brought with its words where a page shows it. */
export const AwaitedCover = lazy(async () => (await Promise.all([import("./AwaitedCover"), bringArea("cover")]))[0]);
/** A programme in the books, part by part. */
export const InBooks = lazy(async () => (await Promise.all([import("./InBooks"), bringArea("cover")]))[0]);
