/** All rules, in the order in which they are told. */
import archive from './rules/archive.mjs';
import archivename from './rules/archivename.mjs';
import backendbinary from './rules/backendbinary.mjs';
import brokenlinks from './rules/brokenlinks.mjs';
import buildtools from './rules/buildtools.mjs';
import changelog from './rules/changelog.mjs';
import circulardependencies from './rules/circulardependencies.mjs';
import coderules from './rules/coderules.mjs';
import contents from './rules/contents.mjs';
import discoverability from './rules/discoverability.mjs';
import grafanadependency from './rules/grafanadependency.mjs';
import jargon from './rules/jargon.mjs';
import jssourcemap from './rules/jssourcemap.mjs';
import legacyplatform from './rules/legacyplatform.mjs';
import license from './rules/license.mjs';
import logos from './rules/logos.mjs';
import manifest from './rules/manifest.mjs';
import metadata from './rules/metadata.mjs';
import metadatapaths from './rules/metadatapaths.mjs';
import metadatavalid from './rules/metadatavalid.mjs';
import modulejs from './rules/modulejs.mjs';
import nestedmetadata from './rules/nestedmetadata.mjs';
import notices from './rules/notices.mjs';
import packagejson from './rules/packagejson.mjs';
import pluginname from './rules/pluginname.mjs';
import readme from './rules/readme.mjs';
import restrictivedep from './rules/restrictivedep.mjs';
import safelinks from './rules/safelinks.mjs';
import screenshots from './rules/screenshots.mjs';
import templatereadme from './rules/templatereadme.mjs';
import trackingscripts from './rules/trackingscripts.mjs';
import typesuffix from './rules/typesuffix.mjs';
import unsafesvg from './rules/unsafesvg.mjs';
import version from './rules/version.mjs';

/** @type {import('./plugin.mjs').Rule[]} */
export const RULES = [
  archive,
  archivename,
  backendbinary,
  brokenlinks,
  buildtools,
  changelog,
  circulardependencies,
  coderules,
  contents,
  discoverability,
  grafanadependency,
  jargon,
  jssourcemap,
  legacyplatform,
  license,
  logos,
  manifest,
  metadata,
  metadatapaths,
  metadatavalid,
  modulejs,
  nestedmetadata,
  notices,
  packagejson,
  pluginname,
  readme,
  restrictivedep,
  safelinks,
  screenshots,
  templatereadme,
  trackingscripts,
  typesuffix,
  unsafesvg,
  version,
];
