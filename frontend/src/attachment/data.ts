import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import type { Attachments, Subject } from "./attach";

export const attachmentsKey = ({ kind, subject }: Subject, version?: number) => [
  "attachments",
  kind,
  subject,
  ...(version ? [version] : []),
];

/** What is attached to something now, or what a version of it was submitted with. */
export const useAttachments = (to: Subject, version?: number) =>
  useQuery({
    queryKey: attachmentsKey(to, version),
    queryFn: async () => (await client.GET("/attachments", { params: { query: { ...to, version } } })).data as Attachments,
    refetchOnWindowFocus: true,
  });
