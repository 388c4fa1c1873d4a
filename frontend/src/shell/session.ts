import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import type { components } from "../api/schema";

export type Session = components["schemas"]["Session"];
/** One role for one organisation; a session wears one at a time. */
export type Hat = components["schemas"]["Hat"];
export type Role = Hat["role"];

/** What a call gives; the client throws where there is nothing. */
async function given<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}

export const sessionQuery = { queryKey: ["session"], queryFn: () => given(client.GET("/session")), staleTime: 60_000 };

export const useSession = () => useQuery(sessionQuery);

export const signIn = (email: string, password: string) => given(client.POST("/session", { body: { email, password } }));
export const signOut = () => client.DELETE("/session");
export const wearHat = (membership: string) => given(client.PUT("/session/hat", { body: { membership } }));
export const setLanguage = (language: Session["language"]) => given(client.PUT("/session/language", { body: { language } }));

/** The sign-in page, which leads back to where one was. */
export const signInAddress = (back: string) => `/sign-in?next=${encodeURIComponent(back)}`;
