/**
 * Settings of every SDK client: three tries of at most two seconds fit a function's ten.
 *
 * Without `throwOnRequestTimeout` the SDK only logs a slow answer and goes on waiting. Connections are
 * kept alive by default; Region, credentials and endpoint come from the environment.
 */
export const clientSettings = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
} as const
