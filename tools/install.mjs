// Puts the files that tools/NAME.json names into tools/NAME: `node tools/install.mjs NAME`, where NAME is `models`, `recordings` or `ffmpeg`.
// A file is downloaded once, checked against its SHA-256 and moved into place in one step, so that an interrupted or a concurrent run never leaves
// half a file. What was checked is noted in tools/NAME/installed.json with size and time, which makes the next run a matter of milliseconds.

import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const tools = path.dirname(fileURLToPath(import.meta.url));
const name = process.argv[2];
if (!/^(models|recordings|ffmpeg)$/.test(name ?? '')) {
  console.error('usage: node tools/install.mjs models|recordings|ffmpeg');
  process.exit(2);
}

const folder = path.join(tools, name);
const stampPath = path.join(folder, 'installed.json');
const staleAfter = 60 * 60 * 1000;

const manifest = JSON.parse(await readFile(path.join(tools, `${name}.json`), 'utf8'));
await mkdir(folder, { recursive: true });

// On the same file system as the target, because a rename across file systems is not atomic.
const work = path.join(folder, `.part-${process.pid}-${randomUUID()}`);
try {
  await removeStaleWork();
  const stamp = await readStamp();
  const files = {};
  for (const pkg of manifest.packages) {
    const missing = [];
    for (const file of pkg.files) {
      if (!(await isInstalled(file, stamp))) missing.push(file);
    }
    if (missing.length > 0) await install(pkg, missing);
    for (const file of pkg.files) {
      const { size, mtimeMs } = await stat(path.join(folder, file.target));
      files[file.target] = { size, mtimeMs, sha256: file.sha256 };
    }
  }

  const next = JSON.stringify({ files }, null, 2) + '\n';
  if (next !== stamp.text) await writeAtomically(stampPath, next);
  console.log(`${name}: ${Object.keys(files).length} files ready in ${path.relative(process.cwd(), folder) || '.'}`);
} catch (error) {
  console.error(`${name}: ${error.message}`);
  process.exitCode = 1;
} finally {
  await rm(work, { recursive: true, force: true });
}

async function readStamp() {
  try {
    const text = await readFile(stampPath, 'utf8');
    return { text, files: JSON.parse(text).files ?? {} };
  } catch (error) {
    if (error.code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
    return { text: '', files: {} };
  }
}

async function isInstalled(file, stamp) {
  const target = path.join(folder, file.target);
  const found = await stat(target).catch(() => null);
  if (found === null || found.size !== file.size) return false;
  const known = stamp.files[file.target];
  if (known?.sha256 === file.sha256 && known.size === found.size && known.mtimeMs === found.mtimeMs) return true;
  return sha256(await readFile(target)) === file.sha256;
}

async function install(pkg, files) {
  const id = `${pkg.name}@${pkg.version}`;
  const megabytes = files.reduce((sum, file) => sum + file.size, 0) / 1e6;
  console.log(`${name}: fetching ${id} for ${files.length} file(s), ${megabytes.toFixed(1)} MB`);
  const started = performance.now();
  const entries = await readTarball(await pack(id), new Set(files.map(file => `package/${file.path}`)));

  for (const file of files) {
    let content = entries.get(`package/${file.path}`);
    if (content === undefined) throw new Error(`${id} holds no ${file.path}`);
    if (file.base64Constant) content = decodeConstant(content, file.base64Constant, id);
    const hash = sha256(content);
    if (content.length !== file.size || hash !== file.sha256) {
      throw new Error(`${file.path} of ${id} is not the file that ${name}.json names: ${content.length} bytes, SHA-256 ${hash}`);
    }

    await writeAtomically(path.join(folder, file.target), content, file.executable ? 0o755 : 0o644);
  }

  console.log(`${name}: ${id} installed in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

async function pack(id) {
  const into = path.join(work, randomUUID());
  await mkdir(into, { recursive: true });
  // npm is a .cmd file on Windows, which only a shell starts. The id comes out of the manifest.
  const child = spawn('npm', ['pack', id, '--pack-destination', into, '--loglevel=error'], { cwd: into, shell: process.platform === 'win32', stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', text => { log = (log + text).slice(-4000); });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
    .catch(error => { throw new Error(`npm does not start (${error.message}); it comes with Node.js`); });
  const tarball = (await readdir(into)).find(name => name.endsWith('.tgz'));
  if (code !== 0 || tarball === undefined) throw new Error(`npm pack ${id} failed (exit ${code}); is the package registry reachable?\n${log}`.trimEnd());
  return path.join(into, tarball);
}

// ustar: 512-byte headers, name at 0, size in octal at 124, prefix at 345, content padded to 512.
async function readTarball(tarball, wanted) {
  const tar = await promisify(gunzip)(await readFile(tarball));
  const text = (start, length) => tar.toString('utf8', start, start + length).replace(/\0.*$/s, '');
  const entries = new Map();
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const prefix = text(at + 345, 155);
    const name = (prefix ? `${prefix}/` : '') + text(at, 100);
    const size = parseInt(text(at + 124, 12), 8);
    if (!Number.isSafeInteger(size) || at + 512 + size > tar.length) throw new Error(`${path.basename(tarball)} is damaged`);
    if (wanted.has(name)) entries.set(name, tar.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }

  return entries;
}

function decodeConstant(source, name, id) {
  const match = new RegExp(`${name}\\s*=\\s*["'\`]([A-Za-z0-9+/=]+)["'\`]`).exec(source.toString('utf8'));
  if (match === null) throw new Error(`${id} holds no constant ${name}`);
  return Buffer.from(match[1], 'base64');
}

async function writeAtomically(target, content, mode = 0o644) {
  await mkdir(work, { recursive: true });
  await mkdir(path.dirname(target), { recursive: true });
  const part = path.join(work, randomUUID());
  await writeFile(part, content, { mode, flush: true });
  // Whole seconds survive JSON, archives and every file system alike.
  const now = Math.floor(Date.now() / 1000);
  await utimes(part, now, now);
  await rename(part, target);
}

async function removeStaleWork() {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.part-')) continue;
    const stale = path.join(folder, name);
    const age = Date.now() - ((await stat(stale).catch(() => null))?.mtimeMs ?? Date.now());
    if (age > staleAfter) await rm(stale, { recursive: true, force: true });
  }
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}
