import type { Profile } from '../profile.js';
import { nodesCpu } from './node.js';

const tomcatDocs = 'https://tomcat.apache.org/tomcat-10.0-doc/config/http.html';
const multipart =
  'https://github.com/spring-projects/spring-boot/blob/1bb1c13/spring-boot-project/spring-boot-autoconfigure/src/main/java/org/springframework/boot/autoconfigure/web/servlet/MultipartProperties.java';

export const tomcat: Profile = {
  name: 'tomcat',
  summary: 'Apache Tomcat, as in Spring Boot',
  values: {
    threads: {
      value: 200,
      kind: 'documented',
      source: tomcatDocs,
      note: 'maxThreads; one is held for the whole of a synchronous upload',
    },
    backlog: {
      value: 8192,
      kind: 'documented',
      source: tomcatDocs,
      note: 'maxConnections, those that have a thread among them; acceptCount (100) more wait in the system',
    },
    baseMemory: {
      value: '500MB',
      kind: 'estimate',
      source: 'no figure was found; a JVM with a small Spring Boot application',
    },
    ...nodesCpu('Tomcat'),
  },
  facts: [
    { name: 'minSpareThreads', value: 10, kind: 'documented', source: tomcatDocs },
    { name: 'acceptCount', value: 100, kind: 'documented', source: tomcatDocs },
    {
      name: 'connectionTimeout',
      value: '60s',
      kind: 'published',
      source: 'https://juejin.cn/post/7338791751849295898 (quotes the vendor)',
      note: 'of each read, not of a body; 20 s in the server.xml that is shipped; not simulated',
    },
    {
      name: 'spring.servlet.multipart.max-file-size',
      value: '1MB',
      kind: 'documented',
      source: multipart,
      note: 'larger files are refused until it is raised; not simulated',
    },
    {
      name: 'spring.servlet.multipart.max-request-size',
      value: '10MB',
      kind: 'documented',
      source: multipart,
    },
    {
      name: 'spring.servlet.multipart.file-size-threshold',
      value: '0B',
      kind: 'documented',
      source: multipart,
      note: 'every part is written to a temporary file',
    },
    { name: 'maxSwallowSize', value: '2MB', kind: 'recalled', source: tomcatDocs },
    {
      name: 'stack of a thread',
      value: '1MiB',
      kind: 'recalled',
      source: 'https://docs.oracle.com/en/java/javase/17/docs/specs/man/java.html (-Xss, 64-bit Linux)',
    },
  ],
  cautions: {
    'proxy-buffered':
      'Spring writes multipart files to temporary files; proxy-buffered keeps them in memory, as an application does that reads a file as a whole (getBytes)',
  },
};
