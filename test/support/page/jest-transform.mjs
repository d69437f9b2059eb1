import { compileComponentFile } from './compile.mjs';

export default {
  process: (text, path) => ({ code: compileComponentFile(text, path) }),
};
