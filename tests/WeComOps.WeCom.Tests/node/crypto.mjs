// Seals and opens callbacks with @wecom/crypto, for comparison. One JSON request per line on stdin, one JSON answer per line on stdout.
import { createInterface } from 'node:readline';
import wecom from '@wecom/crypto';

for await (const line of createInterface({ input: process.stdin })) {
  const { action, token, key, corp, timestamp, nonce, message, encrypted } = JSON.parse(line);
  const cipher = action === 'seal' ? wecom.encrypt(key, message, corp) : encrypted;
  const answer = { encrypted: cipher, signature: wecom.getSignature(token, timestamp, nonce, cipher) };
  if (action === 'open') {
    const opened = wecom.decrypt(key, cipher);
    answer.message = opened.message;
    answer.corp = opened.id;
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
