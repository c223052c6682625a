/** Node itself. This file must be readable for versions far older than the one that it asks for. */

/** Kept in step with `engines` in package.json by a test. */
export const MINIMUM_NODE = 20;

/**
 * @param {string} version such as `v20.1.0`
 * @returns {string | undefined} what is wrong with it
 */
export function nodeProblem(version) {
  const major = Number(/^v?(\d+)\./.exec(version)?.[1]);
  return major >= MINIMUM_NODE
    ? undefined
    : `Node ${MINIMUM_NODE} or newer is needed, this is ${version}: get one from https://nodejs.org/ or with your version manager (nvm install 22)`;
}
