// Which cameras there are, asked every two seconds. It holds no picture and leaves no trace.

const everyMs = 2000;
const withinMs = 8000;

/**
 * @param {string} query What is asked besides, beginning with a question mark, or empty.
 * @param {(answer: object) => void} onAnswer
 * @param {(why: 'away'|'ended'|'none') => void} onFault
 */
export function followList(query, onAnswer, onFault) {
  let isEnded = false;
  const ask = async () => {
    try {
      const answer = await fetch(`/api/v1/cameras${query}`, { signal: AbortSignal.timeout(withinMs), headers: { Accept: 'application/json' }, cache: 'no-store', redirect: 'error' });
      if (answer.ok) {
        onAnswer(await answer.json());
      } else {
        isEnded = answer.status === 401 || answer.status === 404; // Signed out, or a server without cameras.
        onFault(answer.status === 401 ? 'ended' : isEnded || answer.status === 403 ? 'none' : 'away');
      }
    } catch {
      onFault('away');
    }
    if (!isEnded) {
      setTimeout(ask, everyMs);
    }
  };
  ask();
}
