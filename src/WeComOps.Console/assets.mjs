// Installs the locked npm packages and copies the few files the console uses into wwwroot/lib.
// Run by the build (WeComOps.Console.csproj). Two runs at once are harmless: each installs in a directory
// of its own and moves finished files into place; versions.json, the build's stamp, comes last.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const [project, scratchRoot] = process.argv.slice(2).map(p => path.resolve(p));
const target = path.join(project, 'wwwroot', 'lib');
const files = {
  'htmx.min.js': 'htmx.org/dist/htmx.min.js',
  'hx-sse.min.js': 'htmx.org/dist/ext/hx-sse.min.js',
  'echarts.min.js': 'echarts/dist/echarts.common.min.js',
  'tabler.min.css': '@tabler/core/dist/css/tabler.min.css',
  'tabler.min.js': '@tabler/core/dist/js/tabler.min.js',
  'tabler-theme.min.js': '@tabler/core/dist/js/tabler-theme.min.js',
  'wecom.min.js': '@wecom/jssdk/dist/wecom.global.prod.js',
};

const scratch = path.join(scratchRoot, `npm-${process.pid}`);
fs.mkdirSync(scratch, { recursive: true });
try {
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) {
    fs.copyFileSync(path.join(project, name), path.join(scratch, name));
  }
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'],
    { cwd: scratch, stdio: 'inherit', shell: process.platform === 'win32' });
  if (npm.error || npm.status !== 0) {
    console.error(`error WEB0002: npm ci failed (${npm.error?.message ?? `exit ${npm.status}`}). Check the network or proxy of npm, then build again.`);
    process.exitCode = 1;
    throw new Error("npm ci failed");
  }
  const versions = {};
  fs.mkdirSync(target, { recursive: true });
  for (const [name, source] of Object.entries(files)) {
    const from = path.join(scratch, 'node_modules', source);
    // the files are served without their source maps; a dangling reference would only be noise in the browser
    const text = fs.readFileSync(from, 'utf8').replace(/\n?(\/\/|\/\*)# sourceMappingURL=.*?(\*\/)?\s*$/, '\n');
    const ready = path.join(scratch, name);
    fs.writeFileSync(ready, text);
    fs.renameSync(ready, path.join(target, name));
    const pkg = source.split('/').slice(0, source.startsWith('@') ? 2 : 1).join('/');
    const { version, license } = JSON.parse(fs.readFileSync(path.join(scratch, 'node_modules', pkg, 'package.json'), 'utf8'));
    versions[pkg] = { version, license };
  }
  for (const name of fs.readdirSync(target)) {
    if (!(name in files) && name !== 'versions.json') fs.rmSync(path.join(target, name), { recursive: true, force: true });
  }
  const ready = path.join(scratch, 'versions.json');
  fs.writeFileSync(ready, JSON.stringify(versions, null, 2) + '\n');
  fs.renameSync(ready, path.join(target, 'versions.json'));
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
