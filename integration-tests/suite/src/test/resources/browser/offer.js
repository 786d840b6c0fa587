// An offer of audio with all its candidates, which are relays; takeAnswer goes on with it. Both answer in base64.
(async () => {
  const pc = new RTCPeerConnection({ iceTransportPolicy: 'relay',
    iceServers: [{ urls: '@URL@', username: '@USER@', credential: '@PASSWORD@' }] });
  pc.addTransceiver('audio');
  window.takeAnswer = async encoded => {
    const over = new Promise(resolve => {
      const look = () => {
        const state = pc.iceConnectionState;
        if (['connected', 'completed', 'failed'].includes(state)) resolve(btoa(state));
      };
      pc.oniceconnectionstatechange = look;
      setTimeout(() => resolve(btoa('still ' + pc.iceConnectionState)), 30000);
    });
    await pc.setRemoteDescription({ type: 'answer', sdp: atob(encoded) });
    return over;
  };
  const gathered = new Promise(resolve => {
    pc.onicegatheringstatechange = () => { if (pc.iceGatheringState === 'complete') resolve(); };
    setTimeout(resolve, 20000);
  });
  await pc.setLocalDescription(await pc.createOffer());
  await gathered;
  return btoa(pc.localDescription.sdp);
})()
