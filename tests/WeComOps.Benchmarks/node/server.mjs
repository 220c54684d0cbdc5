// (d): a plain Node server with @wecom/crypto and one SQLite transaction for each callback.
// node server.mjs PORT DATABASE TOKEN ENCODING_AES_KEY CORP_ID
import { createServer } from 'node:http';
import { createHash, timingSafeEqual } from 'node:crypto';
import wecom from '@wecom/crypto';
import Database from 'better-sqlite3';

const [port, path, token, key, corp] = process.argv.slice(2);
const database = new Database(path);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec('CREATE TABLE inbox (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, received_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT');
const insert = database.prepare('INSERT INTO inbox (id, received_at, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');

function receive(url, body) {
  const query = new URL(url, 'http://localhost').searchParams;
  const timestamp = query.get('timestamp') ?? '';
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) {
    return 403;
  }

  const encrypted = /<Encrypt><!\[CDATA\[([^\]]+)\]\]><\/Encrypt>/.exec(body)?.[1];
  if (!encrypted) {
    return 400;
  }

  const given = Buffer.from(query.get('msg_signature') ?? '');
  const right = Buffer.from(wecom.getSignature(token, timestamp, query.get('nonce') ?? '', encrypted));
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    return 403;
  }

  const { message, id } = wecom.decrypt(key, encrypted);
  if (id !== corp) {
    return 403;
  }

  insert.run(createHash('sha256').update(message).digest('hex'), Date.now(), message);
  return 200;
}

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    let status = 500;
    try {
      status = receive(request.url, Buffer.concat(chunks).toString('utf8'));
    } catch (error) {
      console.error(error);
    }

    response.writeHead(status, { 'Content-Length': 0 });
    response.end();
  });
}).listen(Number(port), '127.0.0.1');
