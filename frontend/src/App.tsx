import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ComponentType, lazy, Suspense, useEffect, useMemo } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { Refused } from "./api/problem";
import type { Place } from "./routes";
import { Expired } from "./shell/Expired";
import NotFound from "./shell/NotFound";
import { Shell } from "./shell/Shell";
import { type Role, signInAddress, useSession } from "./shell/session";
import { Guard, OtherHat, Trouble, Waiting } from "./shell/Trouble";
import { Toasts } from "./ui/Toast/Toast";
import { bringArea } from "./words/i18n";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (n, error) => !(error instanceof Refused && error.status < 500) && n < 2,
      networkMode: "always", // what is off the line says so; it does not wait for ever
      refetchOnWindowFocus: false,
    },
  },
});

/** A page with its words: both are brought at once. */
function page(place: Place): ComponentType<object> {
  return lazy(async () => {
    const [loaded] = await Promise.all([place.load(), ...(place.areas ?? []).map(bringArea)]);
    return loaded;
  });
}

/** Brought apart, while the line still holds. */
const Offline = page({ path: "", load: () => import("./shell/Offline"), areas: ["form"] });

function Pages({ places, role }: { places: Place[]; role?: Role }) {
  const [here] = useLocation();
  const pages = useMemo(() => places.map((place) => ({ path: place.path, only: place.only, Page: page(place) })), [places]);
  return (
    <Guard place={here}>
      <Suspense fallback={<Waiting />}>
        <Switch>
          {pages.map(({ path, Page, only }) =>
            only && !(role && only.includes(role)) ? (
              <Route key={path} path={path}>
                <OtherHat roles={only} />
              </Route>
            ) : (
              <Route key={path} path={path} component={Page} />
            ),
          )}
          <Route path="/index.html">
            <Redirect to="/" />
          </Route>
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </Guard>
  );
}

/** Nobody sees a page of the app who is not signed in, but for the components in development. */
function Door({ places }: { places: Place[] }) {
  const [here] = useLocation();
  const open = (import.meta.env.MODE !== "production" && here === "/components") || places.some((p) => p.open && p.path === here);
  const session = useSession();
  const stranger = session.error instanceof Refused && session.error.status === 401;
  useEffect(() => {
    if (stranger && !open && !session.data) location.replace(signInAddress(location.pathname + location.search));
  }, [stranger, open, session.data]);
  if (session.data || open)
    return (
      <Shell session={session.data} places={session.data ? places : []}>
        <Pages key={session.data?.hat?.membership} places={places} role={session.data?.hat?.role} />
      </Shell>
    );
  return (
    <Shell session={undefined} places={[]}>
      {session.error && !stranger ? <Trouble error={session.error} again={() => void session.refetch()} /> : <Waiting />}
    </Shell>
  );
}

export function App({ places }: { places: Place[] }) {
  return (
    <QueryClientProvider client={queries}>
      <Toasts>
        <Suspense>
          <Offline />
        </Suspense>
        <Door places={places} />
        <Expired />
      </Toasts>
    </QueryClientProvider>
  );
}
