import { lazy } from "react";
import { bringArea } from "../words/i18n";

/** What is attached, brought with its words where a page shows it. */
export const Attachments = lazy(async () => {
  const [{ AttachmentList }] = await Promise.all([import("./AttachmentList"), bringArea("attachment")]);
  return { default: AttachmentList };
});
