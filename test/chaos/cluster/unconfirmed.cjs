// A fault that is planted in the apps of a cluster run (`--plant unconfirmed`): a publisher that does not wait for the
// broker's confirm. Loaded by `node --require`.
const { ConfirmChannel } = require('amqplib/lib/channel_model');

const { publish } = ConfirmChannel.prototype;
ConfirmChannel.prototype.publish = function (exchange, routingKey, content, options, confirmed) {
  process.nextTick(confirmed, null);
  return publish.call(this, exchange, routingKey, content, options, () => undefined);
};
