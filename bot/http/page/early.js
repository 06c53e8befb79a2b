// Before anything is drawn: what is there for browsers without JavaScript is not shown, and an address with a question or a list has the compact head from its first picture on.
document.documentElement.classList.toggle("scripted", "noModule" in HTMLScriptElement.prototype);
document.documentElement.classList.toggle("answering", /[?&](q|view)=/.test(location.search));
