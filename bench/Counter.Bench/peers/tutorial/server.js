// What the tutorial's application does: three commands for each request, and the whole hash in each answer.
const http = require('http');
const redis = require('redis').createClient(Number(process.env.REDIS_PORT), '127.0.0.1');

http.createServer((request, response) => {
  let total;
  redis.incr('requests', (_, reply) => { total = reply; });
  redis.hincrby('ip', request.socket.remoteAddress, 1);
  redis.hgetall('ip', (error, addresses) => {
    const lines = Object.keys(addresses || {}).map(address => `    ${address}: ${addresses[address]}\n`);
    response.writeHead(error ? 500 : 200, { 'Content-Type': 'text/plain' });
    response.end(`This page was generated after talking to redis.\n\nApplication Build: 1\n\nTotal requests: ${total}\n\nIP count: \n${lines.join('')}`);
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
