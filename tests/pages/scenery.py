"""Photographs that nobody took: drawn in SVG, developed by the browser."""

from playwright.async_api import Browser

_LAMP = """
<rect width="640" height="480" fill="#1d2b44"/><circle cx="520" cy="80" r="34" fill="#f4ecc8"/>
<rect y="380" width="640" height="100" fill="#2b2f36"/>
<path d="M0 430h640" stroke="#55606e" stroke-width="6" stroke-dasharray="46 34"/>
<path d="M250 400V120q0-44 60-44h40" fill="none" stroke="#8a94a3" stroke-width="14"/>
<path d="M336 66h70l16 34h-100z" fill="#4d5663"/><ellipse cx="370" cy="102" rx="36" ry="9" fill="#333a44"/>
<path d="M40 380V250h120v130zM480 380V220h150v160z" fill="#263753"/>
<path d="M66 280h26v30H66zM112 280h26v30h-26z" fill="#e8c56a"/>
"""
_BASE = """
<rect width="640" height="480" fill="#6d7681"/><path d="M0 300 640 250v230H0z" fill="#4a515a"/>
<path d="M270 480V0h90v480z" fill="#98a2ad"/><path d="M292 210h46v110h-46z" fill="#2a2f36"/>
<path d="M300 260q20 40-30 70t30 60M322 250q30 30 10 60t40 70" fill="none" stroke="#c2582f" stroke-width="7"/>
<path d="M318 272q-26 34 8 60" fill="none" stroke="#3c7fc0" stroke-width="7"/>
"""
_GATE = """
<rect width="640" height="480" fill="#c8d6df"/><rect y="340" width="640" height="140" fill="#9aa69d"/>
<path d="M70 340V150h500v190z" fill="#b4584a"/><path d="M50 150 320 60l270 90z" fill="#7c3a31"/>
<path d="M230 340V210h180v130z" fill="#5b6b78"/><path d="M320 210v130" stroke="#2f3a44" stroke-width="5"/>
<path d="M110 200h70v60h-70zM460 200h70v60h-70z" fill="#dfeaf0"/>
<rect x="240" y="166" width="160" height="28" fill="#f3ead2"/>
"""


async def photographs(browser: Browser) -> dict[str, bytes]:
    """Return three pictures by name: a dark lamp, the foot of its pole, a school gate."""
    page = await browser.new_page(viewport={"width": 640, "height": 480})
    taken = {}
    for name, drawing in {"路灯": _LAMP, "灯杆": _BASE, "东门": _GATE}.items():
        await page.set_content(f'<body style="margin:0"><svg viewBox="0 0 640 480">{drawing}</svg>')
        taken[name] = await page.screenshot(type="jpeg", quality=88)
    await page.close()
    return taken
