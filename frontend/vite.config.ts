import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { configDefaults, defineConfig } from "vitest/config";
import { compile } from "./test/catalogues.mjs";

/** The Content-Security-Policy that api/app.go sends: the browser tests run under it. */
export const policy =
  "default-src 'self'; style-src 'self' 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";

export default defineConfig(({ mode }) => ({
  base: "/app/",
  plugins: [
    react(),
    // React Aria's own strings, for the six languages and no others; en-US is what it falls back to.
    { ...optimizeLocales.vite({ locales: ["en-US", "en-GB", "fr-FR", "es-ES", "ar-AE", "ru-RU", "zh-CN"] }), enforce: "pre" },
    {
      name: "po",
      transform(code: string, id: string) {
        return /\/words\/[a-z]{2}\/[\w-]+\.po$/.test(id) ? { code: compile(code, id), map: null } : null;
      },
    },
  ],
  build: {
    outDir: mode === "gallery" ? "node_modules/.gallery" : "dist",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    assetsInlineLimit: 0, // an inlined picture is a data: address, which the policy refuses
    modulePreload: { polyfill: false },
    // What every page starts with is one file: packed together it is smaller, and it changes seldom.
    rolldownOptions: {
      input: ["index.html", "src/public.ts"], // the app, and the one script of the Go pages
      output: {
        // Seven characters of 64 tell the builds of one file apart; the maps of pages and of words, which everybody is sent, name
        // each file, and what is drawn at random no compression makes shorter.
        chunkFileNames: "assets/[name]-[hash:7].js",
        assetFileNames: "assets/[name]-[hash:7][extname]",
        codeSplitting: {
          groups: [
            // What brings a chunk later: alone, so that the public script has it without the app's base.
            { name: "later", test: /vite\/preload-helper/, priority: 10 },
            {
              name: "base",
              test: /node_modules\/(react|react-dom|scheduler|@tanstack|wouter|regexparam|use-sync-external-store)\//,
            },
            {
              name: "shell",
              test: /src\/(shell\/(PageHead|Shell|Trouble|session|fund)|api\/(client|problem)|words\/i18n|ui\/(Button|Toast)\/)/,
            },
          ],
        },
      },
    },
  },
  preview: { headers: { "Content-Security-Policy": policy } },
  server: { proxy: { "/api": "http://127.0.0.1:8080", "/sign-in": "http://127.0.0.1:8080", "/site": "http://127.0.0.1:8080" } },
  test: {
    environment: "happy-dom",
    setupFiles: ["test/setup.ts"],
    exclude: [...configDefaults.exclude, "test/*.spec.ts"],
    css: { modules: { classNameStrategy: "non-scoped" } },
  },
}));
