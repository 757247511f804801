/** Path below the tenant at which our pages hand an authorization request back. */
export const resumePath = 'oauth2/authorize/resume'
