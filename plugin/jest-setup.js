// Jest setup provided by Grafana scaffolding
import './.config/jest-setup';

// Browsers have one, jsdom does not. react-dom's server half makes one when it is imported and then never uses it;
// Node's would keep the tests from ending.
class MessageChannel {
  port1 = {};
  port2 = { postMessage() {} };
}

Object.assign(global, { MessageChannel });

// Browsers have it, this jsdom does not yet; Grafana asks it before it lets an address through.
URL.canParse ??= (url, base) => {
  try {
    return Boolean(new URL(url, base));
  } catch {
    return false;
  }
};
