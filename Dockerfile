# One image for every service of the hub; the command says which one runs.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY gateway gateway
COPY shared shared
COPY subgraphs subgraphs
RUN node scripts/build.mjs

# The embedded PostgreSQL is an optional package: a container has a real server beside it.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production
# No name that a request or a source makes up leads to the prototype that all objects share.
ENV NODE_OPTIONS=--disable-proto=delete
WORKDIR /app
# Keys and the links of the demo; an organisation's copy of the checkpoints, its record of what left its source, and the files
# that its own system drops. A volume takes over its owner from here.
RUN mkdir /data /checkpoints /deliveries /files && chown node:node /data /checkpoints /deliveries /files
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
USER node
# With room for young objects, as npm start gives it.
CMD ["node", "--max-semi-space-size=64", "dist/gateway/main.js"]
