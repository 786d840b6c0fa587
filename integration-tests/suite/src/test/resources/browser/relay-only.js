// Two peer connections in one page that may only use relays; a data channel echoes, an audio track flows. Answers in JSON.
(async () => {
  const configuration = { iceServers: [{ urls: '@URL@', username: '@USER@', credential: '@PASSWORD@' }],
    iceTransportPolicy: 'relay' };
  const caller = new RTCPeerConnection(configuration), callee = new RTCPeerConnection(configuration);
  const relays = [], errors = [];
  for (const [from, to] of [[caller, callee], [callee, caller]]) {
    from.onicecandidate = e => {
      if (e.candidate && e.candidate.candidate) {
        relays.push(e.candidate.type + '/' + e.candidate.relayProtocol);
        to.addIceCandidate(e.candidate);
      }
    };
    from.onicecandidateerror = e => errors.push(e.url + ' ' + e.errorCode + ' ' + e.errorText);
  }
  const audio = new AudioContext(), tone = audio.createOscillator(), sink = audio.createMediaStreamDestination();
  tone.connect(sink);
  tone.start();
  caller.addTrack(sink.stream.getAudioTracks()[0], sink.stream);
  const channel = caller.createDataChannel('echo');
  callee.ondatachannel = e => { e.channel.onmessage = m => e.channel.send(m.data); };
  let echoes = 0;
  const done = new Promise((resolve, reject) => {
    channel.onopen = () => channel.send('ping');
    channel.onmessage = () => { if (++echoes === 20) resolve(); else channel.send('ping'); };
    setTimeout(() => reject(new Error('no echo, ICE ' + caller.iceConnectionState)), 20000);
  });
  try {
    await caller.setLocalDescription(await caller.createOffer());
    await callee.setRemoteDescription(caller.localDescription);
    await callee.setLocalDescription(await callee.createAnswer());
    await caller.setRemoteDescription(callee.localDescription);
    await done;
    let packets = 0;
    for (let look = 0; packets < 10 && look < 100; look++) {
      await new Promise(again => setTimeout(again, 100));
      (await callee.getStats()).forEach(s => { if (s.type === 'inbound-rtp') packets = s.packetsReceived; });
    }
    return JSON.stringify({ echoes, audio: packets >= 10, relays: [...new Set(relays)], errors });
  } catch (e) {
    return JSON.stringify({ failed: String(e), echoes, relays, errors });
  }
})()
