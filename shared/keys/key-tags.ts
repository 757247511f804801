/** Tag of every KMS key that signs tokens; roles may sign with the keys that carry it. */
export const signingTag = 'sallyport:signing'

/** Tag of the KMS keys that a rotation has made, and may have deleted; its value is the tenant. */
export const tenantTag = 'sallyport:tenant'
