import type { Catalogue } from './catalogue.ts'

/** French; the space before a question mark and a colon does not break. */
export const fr: Catalogue = {
  'page.title': '{page} · {tenant}',
  'page.title-with-problem': 'Problème\u00a0: {page} · {tenant}',
  'page.product': 'Protégé par {product}',
  'page.signed-in-as': 'Session ouverte par {user}',
  'page.new-tab': '(s’ouvre dans un nouvel onglet)',

  'sign-in.heading': 'Connexion',
  'sign-in.client': 'pour continuer vers {client}',
  'sign-in.user-name': 'Nom d’utilisateur',
  'sign-in.password': 'Mot de passe',
  'sign-in.submit': 'Se connecter',
  'sign-in.wrong-password':
    'Le nom d’utilisateur et le mot de passe ne correspondent pas. Vérifiez-les et réessayez.',
  'sign-in.too-many-attempts': 'Trop de tentatives. Patientez quelques minutes, puis réessayez.',

  'consent.title': 'Autoriser l’accès',
  'consent.heading': 'Autoriser {client} à utiliser votre compte\u00a0?',
  'consent.scopes': 'L’application pourrait\u00a0:',
  'consent.no-scopes': 'L’application ne demande aucune de vos données.',
  'consent.services': 'L’accès vaut pour {services}.',
  'consent.policy': 'Politique de confidentialité',
  'consent.terms': 'Conditions d’utilisation',
  'consent.allow': 'Autoriser',
  'consent.deny': 'Refuser',

  'device.title': 'Connecter un appareil',
  'device.heading': 'Connecter un appareil',
  'device.enter': 'Saisissez le code affiché par votre appareil.',
  'device.code': 'Code',
  'device.submit': 'Continuer',
  'device.unknown-code':
    'Aucun appareil n’attend ce code. Vérifiez-le ou faites-en afficher un nouveau par l’appareil.',
  'device.too-many-attempts': 'Trop de codes. Patientez quelques minutes, puis réessayez.',
  'device.confirm-heading': 'Autoriser {client} sur un appareil à utiliser votre compte\u00a0?',
  'device.confirm-code': 'L’appareil devant vous affiche-t-il ce code\u00a0?',
  'device.confirm-warning':
    'Si quelqu’un vous a envoyé le code ou un lien vers cette page, refusez\u00a0: cette personne accéderait à votre compte.',
  'device.allowed-heading': 'Votre appareil est connecté',
  'device.allowed': '{client} peut maintenant continuer. Vous pouvez fermer cette page.',
  'device.denied-heading': 'L’appareil a été refusé',
  'device.denied': '{client} n’a obtenu aucun accès. Vous pouvez fermer cette page.',

  'requests.heading': 'Demandes en attente',
  'requests.none': 'Aucune application n’attend votre réponse.',
  'requests.warning':
    'N’autorisez que ce que vous venez de demander vous-même. Si vous n’en savez rien, refusez.',
  'requests.message': 'L’application doit vous montrer ce texte\u00a0:',

  'request-mail.subject': '{client} attend votre réponse',
  'request-mail.lead': '{client} demande à utiliser votre compte chez {tenant}.',
  'request-mail.message': 'L’application doit vous montrer ce texte\u00a0: {message}',
  'request-mail.answer': 'Voyez ce qui est demandé et répondez\u00a0: {link}',
  'request-mail.warning': 'Si vous n’en savez rien, refusez.',

  'scope.openid': 'Vous reconnaître à la connexion',
  'scope.profile': 'Voir votre profil, comme votre nom, votre photo et votre langue',
  'scope.email': 'Voir votre adresse e-mail',
  'scope.address': 'Voir votre adresse postale',
  'scope.phone': 'Voir votre numéro de téléphone',
  'scope.groups': 'Voir les groupes dont vous faites partie',
  'scope.offline_access': 'Conserver cet accès en votre absence',

  'sign-out.heading': 'Se déconnecter\u00a0?',
  'sign-out.tenant': 'Votre session chez {tenant} prendra fin.',
  'sign-out.client': '{client} demande à mettre fin à votre session chez {tenant}.',
  'sign-out.stay': 'Pour garder votre session ouverte, fermez cette page.',
  'sign-out.submit': 'Se déconnecter',

  'signed-out.heading': 'Déconnexion effectuée',
  'signed-out.tenant': 'Votre session chez {tenant} est terminée. Vous pouvez fermer cette page.',
  'signed-out.client':
    'Votre session chez {tenant} est terminée. Vous pouvez fermer cette page ou revenir à {client}.',
  'signed-out.go-on': 'Continuer',

  'error.request-heading': 'Cette demande ne peut pas aboutir',
  'error.request-advice':
    'Retournez à l’application d’où vous venez et réessayez. Si cela se reproduit, transmettez à ses responsables ce qui est écrit ci-dessous.',
  'error.stale-heading': 'Cette page n’est plus valable',
  'error.stale-advice':
    'Elle est restée ouverte trop longtemps ou a été ouverte dans un autre navigateur. Retournez à l’application d’où vous venez et recommencez.',
  'error.server-heading': 'Un problème est survenu de notre côté',
  'error.server-advice':
    'Vous n’y êtes pour rien. Réessayez dans un instant. Si cela se reproduit, signalez ce qui est écrit ci-dessous.',
  'error.code': 'Erreur',
  'error.description': 'Description',
  'error.request-id': 'Demande',

  'form-post.heading': 'Un instant',
  'form-post.advice': 'Vous êtes en route vers l’application.',
  'form-post.submit': 'Continuer',
}
