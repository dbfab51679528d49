/** Lines of access logs, as the vendors document them and as variations of them are needed. */

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html */
export const documentedAlb =
  'http 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337262-36d228ad5d99923122bbe354" "-" "-" 0 2018-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html, in its form of 2014 */
export const documentedS3 =
  '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be mybucket [06/Feb/2014:00:01:57 +0000] 192.0.2.3 79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be DD6CC733AEXAMPLE REST.PUT.OBJECT s3-dg.pdf "PUT /mybucket/s3-dg.pdf HTTP/1.1" 200 - - 4406583 41754 28 "-" "S3Console/0.4" -';

/** A PUT of 5 MB in 4 s that ends at 08:00:04 UTC. */
export function nginxLine({
  end = '02/Mar/2026:08:00:04 +0000',
  request = 'PUT /upload/7.jpg?token=s3cret HTTP/1.1',
  status = '200',
  length = '5000000',
  time = '4.000',
}: Partial<Record<'end' | 'request' | 'status' | 'length' | 'time', string>> = {}): string {
  return `198.51.100.7 - - [${end}] "${request}" ${status} 512 "-" "agent \\x22q\\x22" request_length=${length} request_time=${time}`;
}

/** A PUT of 5 MB that was received at 08:00:00.5 UTC; 0.1 s until it was passed on, 3.9 s until the answer. */
export function albLine({
  type = 'https',
  target = '10.0.0.1:80',
  times = '0.100 3.900 0.000',
  status = '200',
  targetStatus = '200',
  received = '5000000',
  request = 'PUT https://files.example:443/upload/7.jpg?token=s3cret HTTP/1.1',
}: Partial<
  Record<'type' | 'target' | 'times' | 'status' | 'targetStatus' | 'received' | 'request', string>
> = {}): string {
  return `${type} 2026-03-02T08:00:04.500000Z app/files/0123456789abcdef 198.51.100.7:2817 ${target} ${times} ${status} ${targetStatus} ${received} 366 "${request}" "agent" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/files/0123456789abcdef "Root=1-00000000-000000000000000000000000" "files.example" "-" 0 2026-03-02T08:00:00.500000Z "forward" "-" "-" "${target}" "${targetStatus}" "-" "-" TID_0123456789abcdef "-" "-" "-"`;
}

/** A PUT of 5 MB that was received at 08:00:00 UTC and took 4 s, 0.1 s of them after its last byte. */
export function s3Line({
  time = '02/Mar/2026:08:00:00 +0000',
  operation = 'REST.PUT.OBJECT',
  bucket = 'media',
  key = 'photos/7.jpg',
  request = '"PUT /photos/7.jpg?X-Amz-Signature=s3cret HTTP/1.1"',
  status = '200',
  size = '5000000',
  agent = 'agent',
}: Partial<
  Record<'time' | 'operation' | 'bucket' | 'key' | 'request' | 'status' | 'size' | 'agent', string>
> = {}): string {
  const owner = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';
  return `${owner} ${bucket} [${time}] 198.51.100.7 ${owner} 3E57427F3EXAMPLE ${operation} ${key} ${request} ${status} - - ${size} 4000 100 "-" "${agent}" - s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234= SigV4 ECDHE-RSA-AES128-GCM-SHA256 QueryString media.s3.us-west-1.amazonaws.com TLSV1.2 - -`;
}
