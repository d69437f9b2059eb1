# Two stages: build with everything, run with what is needed. The embedded servers stay out of the image.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=optional
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/build.mjs scripts/runtime.mjs ./scripts/
COPY src ./src
RUN node scripts/build.mjs \
 && rm -rf dist/sandbox dist/.tsbuildinfo \
 && npm prune --omit=dev --omit=optional --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
COPY scripts/truenorth.mjs scripts/runtime.mjs ./scripts/
COPY config ./config
COPY mappings ./mappings
RUN mkdir /data && chown node:node /data
USER node
# config/, mappings/ and var/ of the org: "truenorth init --dir /data" drafts the first two.
VOLUME /data
EXPOSE 8080
# A worker has no HTTP: compose.yaml switches this off for it.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "--", "/app/scripts/truenorth.mjs"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8080", "--dir", "/data"]
