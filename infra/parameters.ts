/** Names of the SSM parameters by which stacks, and the operator's tools, find what was deployed. */
export const parameterNames = {
  tableName: '/sallyport/table-name',
  tableStreamArn: '/sallyport/table-stream-arn',
  wrappingKeyArn: '/sallyport/wrapping-key-arn',
  signingKeyArn: '/sallyport/signing-key-arn',
  auditDeliveryStream: '/sallyport/audit-delivery-stream',
  issuerOrigin: '/sallyport/issuer-origin',
} as const
