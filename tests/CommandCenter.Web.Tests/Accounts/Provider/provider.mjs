// A real OpenID provider for the tests: node provider.mjs PORT CLIENT SECRET REDIRECT_URI. Says "ready" when it listens.
// People are named by /interaction/UID?as=NAME. A lie, told to /lie?as=KIND, spoils the id_token of every answer from then on.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';
import { SignJWT, decodeJwt, exportJWK, generateKeyPair } from 'jose';

const [port, client, secret, redirect] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const people = {
  chief: { name: '王局长', preferred_username: 'wang.chief', roles: ['enforcement-chief', 'printer'], court: '沪0115', amr: ['pwd', 'mfa'] },
  handler: { name: '承办人李', preferred_username: 'li.handler', roles: ['enforcement-handler'], court: '沪0115', handler: 'judge-1', amr: ['pwd'] },
  visitor: { name: '访客', roles: ['printer'] },
  double: { name: '双重', roles: ['enforcement-chief', 'enforcement-handler'], court: '沪0115', handler: 'judge-2' },
  homeless: { name: '无院', roles: ['enforcement-chief'], court: '沪9999' },
};

const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const stranger = await generateKeyPair('RS256', { extractable: true });
const key = { ...(await exportJWK(privateKey)), kid: 'k1', use: 'sig', alg: 'RS256' };
let lie = null;

const provider = new Provider(issuer, {
  clients: [{
    client_id: client, client_secret: secret, redirect_uris: [redirect], grant_types: ['authorization_code'], response_types: ['code'],
    backchannel_logout_uri: redirect.replace('/back', '/sign-out'),
  }],
  jwks: { keys: [key] },
  claims: { openid: ['sub', 'amr'], profile: ['name', 'preferred_username', 'roles', 'court', 'handler'] },
  scopes: ['openid', 'profile'],
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  cookies: { keys: ['only for tests'] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id.split('@')[0]] }) }),
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: client, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid profile');
    await grant.save();
    return grant;
  },
});

const now = () => Math.floor(Date.now() / 1000);
const signed = (claims, by = privateKey, kid = 'k1') => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(by);
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const lies = {
  nonce: (claims) => signed({ ...claims, nonce: 'of another sign-in' }),
  nonceless: ({ nonce, ...claims }) => signed(claims),
  audience: (claims) => signed({ ...claims, aud: 'somebody-else' }),
  party: (claims) => signed({ ...claims, aud: [client, 'somebody-else'] }),
  issuer: (claims) => signed({ ...claims, iss: 'http://127.0.0.1:1' }),
  expired: (claims) => signed({ ...claims, exp: now() - 3600 }),
  endless: ({ exp, ...claims }) => signed(claims),
  old: (claims) => signed({ ...claims, iat: now() - 3600 }),
  unsigned: (claims) => `${part({ alg: 'none' })}.${part(claims)}.`,
  shared: (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(new TextEncoder().encode(secret.padEnd(64, '0'))),
  key: (claims) => signed(claims, stranger.privateKey),
  kid: (claims) => signed(claims, stranger.privateKey, 'k2'),
  changed: async (claims, token) => { const [head, , tail] = token.split('.'); return `${head}.${part({ ...claims, roles: ['enforcement-chief'] })}.${tail}`; },
  none: () => undefined,
};
provider.use(async (ctx, next) => {
  await next();
  if (ctx.path === '/token' && ctx.body?.id_token && lie) {
    ctx.body = { ...ctx.body, id_token: await lies[lie](decodeJwt(ctx.body.id_token), ctx.body.id_token) };
  }
});

const answer = provider.callback();
createServer(async (request, response) => {
  const url = new URL(request.url, issuer);
  if (url.pathname === '/lie') {
    lie = url.searchParams.get('as') || null;
    if (lie && !lies[lie]) throw new Error(`no lie ${lie}`);
    response.end('ok');
  } else if (url.pathname === '/logout-token') {
    // Signed as the provider signs it, for the person that is asked for.
    response.end(await signed({
      iss: issuer, aud: client, sub: url.searchParams.get('as'), iat: now(), exp: now() + 120, jti: String(Math.random()),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    }));
  } else if (url.pathname.startsWith('/interaction/')) {
    const as = url.searchParams.get('as');
    await provider.interactionFinished(request, response, as === 'nobody'
      ? { error: 'access_denied', error_description: 'not today' }
      : { login: { accountId: as, amr: people[as.split('@')[0]].amr } }, { mergeWithLastSubmission: false });
  } else {
    answer(request, response);
  }
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
