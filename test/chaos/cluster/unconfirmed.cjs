// A fault that is planted in the apps of a cluster run (`--plant unconfirmed`): a publisher that does not wait for the
// broker's confirm. Loaded by `node --require`.
const { join } = require('node:path');
// By its path: the package does not export this file.
const { ConfirmChannel } = require(
  join(__dirname, '..', '..', '..', 'node_modules', 'amqplib', 'lib', 'channel_model.js'),
);

const { publish } = ConfirmChannel.prototype;
ConfirmChannel.prototype.publish = function (exchange, routingKey, content, options, confirmed) {
  process.nextTick(confirmed, null);
  return publish.call(this, exchange, routingKey, content, options, () => undefined);
};
