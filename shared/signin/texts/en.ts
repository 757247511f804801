/**
 * English, and the key list: every other language must have exactly these keys.
 *
 * A `{placeholder}` is filled by the page; a page that forgets one does not compile.
 */
export const en = {
  'page.title': '{page} · {tenant}',
  'page.title-with-problem': 'Problem: {page} · {tenant}',
  'page.product': 'Protected by {product}',
  'page.signed-in-as': 'Signed in as {user}',
  'page.new-tab': '(opens in a new tab)',

  'sign-in.heading': 'Sign in',
  'sign-in.client': 'to continue to {client}',
  'sign-in.user-name': 'User name',
  'sign-in.password': 'Password',
  'sign-in.submit': 'Sign in',
  'sign-in.wrong-password': 'User name and password do not match. Check both and try again.',
  'sign-in.too-many-attempts': 'Too many attempts. Wait a few minutes, then try again.',

  'consent.title': 'Allow access',
  'consent.heading': 'Allow {client} to use your account?',
  'consent.scopes': 'It would be able to:',
  'consent.no-scopes': 'It asks for none of your data.',
  'consent.services': 'The access is for {services}.',
  'consent.policy': 'Privacy policy',
  'consent.terms': 'Terms of service',
  'consent.allow': 'Allow',
  'consent.deny': 'Deny',

  'device.title': 'Connect a device',
  'device.heading': 'Connect a device',
  'device.enter': 'Enter the code that your device shows.',
  'device.code': 'Code',
  'device.submit': 'Continue',
  'device.unknown-code':
    'No device waits for this code. Check it, or have the device show a new one.',
  'device.too-many-attempts': 'Too many codes. Wait a few minutes, then try again.',
  'device.confirm-heading': 'Allow {client} on a device to use your account?',
  'device.confirm-code': 'Does the device in front of you show this code?',
  'device.confirm-warning':
    'If somebody sent you the code or a link to this page, deny: they would get into your account.',
  'device.allowed-heading': 'Your device is connected',
  'device.allowed': '{client} can go on now. You can close this page.',
  'device.denied-heading': 'The device was turned away',
  'device.denied': '{client} got no access. You can close this page.',

  'requests.heading': 'Requests waiting for you',
  'requests.none': 'No app waits for your answer.',
  'requests.warning':
    'Allow only what you have asked for yourself just now. If you know nothing of it, deny.',
  'requests.message': 'The app must show you this text:',

  'request-mail.subject': '{client} waits for your answer',
  'request-mail.lead': '{client} asks to use your account at {tenant}.',
  'request-mail.message': 'The app must show you this text: {message}',
  'request-mail.answer': 'See what it asks for, and answer: {link}',
  'request-mail.warning': 'If you know nothing of it, deny.',

  'scope.openid': 'Recognise you when you sign in',
  'scope.profile': 'See your profile, such as your name, picture and language',
  'scope.email': 'See your e-mail address',
  'scope.address': 'See your postal address',
  'scope.phone': 'See your phone number',
  'scope.groups': 'See which groups you belong to',
  'scope.offline_access': 'Keep this access while you are away',

  'sign-out.heading': 'Sign out?',
  'sign-out.tenant': 'This ends your session at {tenant}.',
  'sign-out.client': '{client} asks to end your session at {tenant}.',
  'sign-out.stay': 'To stay signed in, close this page.',
  'sign-out.submit': 'Sign out',

  'signed-out.heading': 'You are signed out',
  'signed-out.tenant': 'Your session at {tenant} has ended. You can close this page.',
  'signed-out.client':
    'Your session at {tenant} has ended. You can close this page or go back to {client}.',
  'signed-out.go-on': 'Continue',

  'error.request-heading': 'This request cannot be answered',
  'error.request-advice':
    'Go back to the app you came from and try again. If it happens again, tell the people who run it what is written below.',
  'error.stale-heading': 'This page is no longer valid',
  'error.stale-advice':
    'It was open for too long, or it was started in another browser. Go back to the app you came from and start again.',
  'error.server-heading': 'Something went wrong here',
  'error.server-advice':
    'It was not your doing. Try again in a moment. If it happens again, report what is written below.',
  'error.code': 'Error',
  'error.description': 'Description',
  'error.request-id': 'Request',

  'form-post.heading': 'One moment',
  'form-post.advice': 'You are on your way back to the app.',
  'form-post.submit': 'Continue',
} as const
