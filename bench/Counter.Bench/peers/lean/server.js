// As little as a counting server can do in Node: one INCR for each request.
const http = require('http');
const redis = require('redis').createClient({ url: `redis://127.0.0.1:${process.env.REDIS_PORT}` });

redis.connect().then(() => http.createServer(async (request, response) => {
  const total = await redis.incr('requests');
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  response.end(`Total requests: ${total}\n`);
}).listen(Number(process.env.PORT), '127.0.0.1'));
