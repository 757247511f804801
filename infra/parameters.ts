/** Names of the SSM parameters by which stacks, and the operator's tools, find what was deployed. */
export const parameterNames = {
  tableName: '/sallyport/table-name',
  wrappingKeyArn: '/sallyport/wrapping-key-arn',
  signingKeyArn: '/sallyport/signing-key-arn',
  issuerOrigin: '/sallyport/issuer-origin',
} as const
