/**
 * Settings of every SDK client: three tries of at most a second fit a function's ten seconds three times.
 *
 * Without `throwOnRequestTimeout` the SDK only logs a slow answer and goes on waiting. Connections are
 * kept alive by default; Region, credentials and endpoint come from the environment.
 */
export const clientSettings = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 1000, throwOnRequestTimeout: true },
} as const
