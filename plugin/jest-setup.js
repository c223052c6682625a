// Jest setup provided by Grafana scaffolding
import './.config/jest-setup';

// Browsers have one, jsdom does not. react-dom's server half makes one when it is imported and then never uses it;
// Node's would keep the tests from ending.
class MessageChannel {
  port1 = {};
  port2 = { postMessage() {} };
}

Object.assign(global, { MessageChannel });
