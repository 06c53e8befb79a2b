// Before anything is drawn: an address with a question or a list has the compact head from its first picture on.
document.documentElement.classList.toggle("answering", /[?&](q|view)=/.test(location.search));
