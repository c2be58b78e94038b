# syntax=docker/dockerfile:1
# One image for the services and tienda; the command says which. Bun runs the TypeScript; only
# the pages of tienda are built, here and not when it starts. What runs owns none of it but its data.

FROM oven/bun:1.4.5-alpine AS dependencies
WORKDIR /app
COPY package.json bun.lock bunfig.toml ./
COPY apps/auth/package.json apps/auth/
COPY apps/encargo/package.json apps/encargo/
COPY apps/inventario/package.json apps/inventario/
COPY apps/pagos/package.json apps/pagos/
COPY apps/pedidos/package.json apps/pedidos/
COPY apps/productos/package.json apps/productos/
COPY apps/tienda/package.json apps/tienda/
COPY packages/circuit-breaker/package.json packages/circuit-breaker/
COPY packages/client/package.json packages/client/
COPY packages/create-encargo/package.json packages/create-encargo/
COPY packages/csv/package.json packages/csv/
COPY packages/launcher/package.json packages/launcher/
COPY packages/program/package.json packages/program/
COPY packages/service-kit/package.json packages/service-kit/
COPY packages/storage/package.json packages/storage/
RUN bun install --frozen-lockfile --production

FROM oven/bun:1.4.5-alpine
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data BUN_CONFIG_MAX_HTTP_REQUESTS=4096
RUN mkdir /data && chown bun:bun /data
COPY --from=dependencies /app/node_modules node_modules
COPY package.json bun.lock bunfig.toml tsconfig.json LICENSE ./
COPY packages packages
COPY apps apps
RUN bun apps/tienda/construir.ts
USER bun
VOLUME /data
ENTRYPOINT ["bun"]
CMD ["apps/pedidos/src/main.ts"]
